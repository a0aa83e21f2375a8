package iotbox.box.metric;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory, collections, threads, classes, processors and descriptors, as Micrometer tells them. */
final class JvmSection implements Section {
  private static final double NANOS = 1e9;
  private static final long KIBIBYTE = 1 << 10;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Lives as long as the process: it listens for collections from now on. */
  @SuppressWarnings("resource")
  JvmSection() {
    // In nanoseconds, which Prometheus' users do not expect.
    meters.config().meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
    new JvmMemoryMetrics().bindTo(meters);
    new JvmGcMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ClassLoaderMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    new FileDescriptorMetrics().bindTo(meters);
  }

  @Override
  public void writeTo(Families families) {
    families.add(meters.getPrometheusRegistry().scrape());
    families.counter(
        "process_cpu_seconds",
        "Time that processors spent for the box since its start.",
        system.getProcessCpuTime() / NANOS);
    resident()
        .ifPresent(
            bytes ->
                families.gauge(
                    "process_resident_memory_bytes",
                    "Memory of the machine that the box takes, the JVM's own included.",
                    bytes));
  }

  /** Linux tells. */
  private static OptionalLong resident() {
    try {
      Matcher line = RESIDENT.matcher(Files.readString(STATUS));
      return line.find()
          ? OptionalLong.of(Long.parseLong(line.group(1)) * KIBIBYTE)
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
