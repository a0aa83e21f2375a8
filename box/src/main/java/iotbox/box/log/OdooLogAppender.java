package iotbox.box.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import iotbox.box.odoo.LogShipper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each line of the log to the one who sends it to Odoo, in the form of Odoo's own log. */
public final class OdooLogAppender extends AppenderBase<ILoggingEvent> {
  private final LogShipper shipper;
  private final RecordLayout layout = new RecordLayout();

  private OdooLogAppender(LogShipper shipper) {
    this.shipper = shipper;
  }

  /** From now on every line goes there too, until it is closed. */
  public static AutoCloseable shipWith(LogShipper shipper) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    OdooLogAppender appender = new OdooLogAppender(shipper);
    appender.setContext(context);
    appender.layout.setContext(context);
    appender.layout.setPattern(
        "%d{\"yyyy-MM-dd HH:mm:ss,SSS\"} "
            + ProcessHandle.current().pid()
            + " %level ? %logger: %msg%n%ex");
    appender.layout.start();
    appender.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    return () -> root.detachAppender(appender);
  }

  @Override
  protected void append(ILoggingEvent event) {
    shipper.offer(number(event.getLevel()), layout.doLayout(event).stripTrailing());
  }

  /** What Python calls the level. */
  private static int number(Level level) {
    return level.levelInt <= Level.DEBUG_INT ? 10 : level.levelInt / 1000;
  }
}
