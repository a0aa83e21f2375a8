package iotbox.box.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;

import iotbox.box.device.status.ActionForm;
import iotbox.loader.ActionParameter;
import iotbox.loader.ActionParameter.Type;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command that has a device act. */
class CurlTest {
  @Test
  void everyParameterHasAValueOfItsKind() {
    ActionForm form =
        new ActionForm(
            "set",
            List.of(
                new ActionParameter("unit", Type.TEXT, List.of("mm", "in"), true, null),
                new ActionParameter("times", Type.INTEGER, List.of(), false, null),
                new ActionParameter("note", Type.TEXT, List.of(), false, null)));

    assertEquals(
        "  curl http://127.0.0.1:1/iot_drivers/action -H 'Content-Type: application/json' -d '"
            + "{\"params\":{\"session_id\":\"dev\",\"device_identifier\":\"it'\\''s\",\"data\":"
            + "{\"action\":\"set\",\"unit\":\"mm\",\"times\":1,\"note\":\"…\"}}}'",
        Curl.line("http://127.0.0.1:1", "it's", form));
  }
}
