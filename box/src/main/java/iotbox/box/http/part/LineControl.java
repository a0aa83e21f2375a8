package iotbox.box.http.part;

import iotbox.box.http.message.RefusedException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * How the lines of serial devices are read that have no driver of their own, as people say it. On
 * HTTP threads, any number; answers are of JSON's types.
 */
public interface LineControl {
  /**
   * What was said about this port ({@code settings}, {@code fixed} if by an option), and what came
   * from it last ({@code lines}).
   *
   * @throws RefusedException 404 if there is no such port
   */
  Map<String, Object> view(String identifier) throws RefusedException;

  /**
   * Keeps what is said, and gives the port to the driver that goes by it. Writes small files.
   *
   * @param settings {@code null} to forget what was said, and give the port back
   * @return by field what is wrong with it; nothing was kept then
   * @throws RefusedException 404 if there is no such port, 409 if an option or another driver has
   *     it, 507 if it cannot be kept
   */
  Map<String, String> keep(String identifier, Map<?, ?> settings) throws RefusedException;

  /**
   * Listens to the port for a few seconds: {@code lines}, each with what is found in it; {@code
   * detail}, what else is to be said, or {@code null}; {@code problems} by field, and then nothing
   * else.
   *
   * @throws RefusedException as {@link #keep}
   */
  CompletableFuture<Map<String, Object>> attempt(String identifier, Map<?, ?> settings)
      throws RefusedException;
}
