package iotbox.box.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the log goes: the console's error stream (the output stream is for the ready line alone),
 * and a file once there is a data folder. Set up in code, since reading a configuration file would
 * be a good part of the time to boot; logback finds this class as a service.
 */
public final class BoxLog extends ContextAwareBase implements Configurator {
  private static final String PATTERN =
      "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{0}: %msg%n%ex";
  private static final String CONSOLE = "console";
  private static final String FILE = "iotbox.log";
  private static final long FILE_SIZE = 5 * FileSize.MB_COEFFICIENT;

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setName(CONSOLE);
    console.setTarget("System.err");
    start(console, context);
    context.addTurboFilter(new LogFlood());
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
    for (String chatty : new String[] {"org.eclipse.jetty", "io.javalin", "okhttp3"}) {
      context.getLogger(chatty).setLevel(Level.WARN);
    }
    // They complain of what clients send, which is answered and nothing to warn of.
    for (String clients : new String[] {"http.HttpParser", "util.HostPort"}) {
      context.getLogger("org.eclipse.jetty." + clients).setLevel(Level.ERROR);
    }
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /**
   * Leaves the console to what handlers say, and to the box where something is wrong with it; for a
   * box that shows otherwise what it does. The file has everything.
   *
   * @param shown by whom nothing is to be repeated
   */
  public static void leaveToHandlers(Class<?> shown) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Appender<ILoggingEvent> console =
        context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(CONSOLE);
    console.addFilter(
        new Filter<ILoggingEvent>() {
          @Override
          public FilterReply decide(ILoggingEvent event) {
            boolean own = event.getLoggerName().startsWith("iotbox.");
            boolean told = event.getLoggerName().equals(shown.getName());
            return told || own && !event.getLevel().isGreaterOrEqual(Level.WARN)
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
          }
        });
  }

  /** Writes the log to this folder too, in at most two files of 5 MB; answers the present one. */
  public static Path keepIn(Path folder) {
    Path file = folder.resolve(FILE);
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setFile(file.toString());
    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(file + ".%i");
    rolling.setMinIndex(1);
    rolling.setMaxIndex(1);
    rolling.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
    trigger.setContext(context);
    trigger.setMaxFileSize(new FileSize(FILE_SIZE));
    trigger.start();
    appender.setRollingPolicy(rolling);
    appender.setTriggeringPolicy(trigger);
    start(appender, context);
    return file;
  }

  private static void start(OutputStreamAppender<ILoggingEvent> appender, LoggerContext context) {
    RecordLayout layout = new RecordLayout();
    layout.setContext(context);
    layout.setPattern(PATTERN);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }
}
