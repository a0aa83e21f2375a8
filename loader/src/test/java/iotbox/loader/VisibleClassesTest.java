package iotbox.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleClassesTest {
  private final VisibleClasses visible =
      new VisibleClasses(getClass().getClassLoader(), List.of("shoplib"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.String",
        "java.util.concurrent.TimeUnit",
        "java.net.http.HttpClient",
        "javax.net.ssl.SSLContext",
        "iotbox.handler.Driver",
        "org.slf4j.Logger",
        "shoplib.ProtectedBase"
      })
  void isVisibleAsAClassAndAsBytes(String name) throws Exception {
    assertEquals(name, visible.loader().loadClass(name).getName());
    assertNotNull(visible.loader().getResource(name.replace('.', '/') + ".class"));
    assertTrue(visible.isPackage(name.substring(0, name.lastIndexOf('.'))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iotbox.loader.HandlerLoader",
        "iotbox.loader.VisibleClassesTest",
        "org.codehaus.janino.Parser",
        "org.eclipse.jdt.internal.compiler.Compiler",
        "ch.qos.logback.classic.Logger",
        "jdk.internal.misc.Unsafe",
        "com.sun.tools.javac.Main",
        "shoplibrary.Other",
        "NoPackage"
      })
  void isHiddenAsAClassAndAsBytes(String name) {
    assertThrows(ClassNotFoundException.class, () -> visible.loader().loadClass(name));
    assertNull(visible.loader().getResource(name.replace('.', '/') + ".class"));
  }

  @Test
  void packagesAreKnownDownToThoseThatHoldClasses() {
    assertTrue(visible.isPackage("java"));
    assertTrue(visible.isPackage("iotbox"));
    assertTrue(visible.isPackage("shoplib.deeper"));
    assertFalse(visible.isPackage("shoplib.ProtectedBase"));
    assertFalse(visible.isPackage("iotbox.loader"));
    assertFalse(visible.isPackage("nowhere"));
  }
}
