package iotbox.box.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import iotbox.box.command.CheckedModule.CheckedFile;
import iotbox.box.command.Finding.Severity;
import iotbox.box.json.Json;
import iotbox.loader.HandlerStatus.Compiler;
import iotbox.loader.HandlerStatus.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** How a check tells what it found. */
enum CheckFormat {
  /** For people, and for editors that know the messages of compilers. */
  TEXT {
    @Override
    void write(List<CheckedModule> modules, Consumer<String> out) {
      for (CheckedModule module : modules) {
        module.module().forEach(finding -> out.accept(finding.toString()));
        for (CheckedFile file : module.files()) {
          out.accept(file.path() + ": " + summary(file));
          file.findings().forEach(finding -> out.accept(finding.toString()));
        }
      }
      out.accept(total(modules));
    }
  },

  /** As the workflows of GitHub take notes on lines. */
  GITHUB {
    @Override
    void write(List<CheckedModule> modules, Consumer<String> out) {
      for (CheckedModule module : modules) {
        for (Finding finding : module.findings()) {
          out.accept(
              String.format(
                  Locale.ROOT,
                  "::%s file=%s,line=%d,col=%d::%s",
                  finding.severity() == Severity.NOTE ? "notice" : finding.severity().word(),
                  escaped(finding.file()).replace(":", "%3A").replace(",", "%2C"),
                  finding.line(),
                  finding.column(),
                  escaped(finding.message())));
        }
      }
      out.accept(total(modules));
    }
  },

  /** For programs: one object. */
  JSON {
    @Override
    void write(List<CheckedModule> modules, Consumer<String> out) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("files", files(modules).map(CheckFormat::entry).toList());
      report.put(
          "findings",
          modules.stream()
              .flatMap(module -> module.findings().stream())
              .map(CheckFormat::entry)
              .toList());
      try {
        out.accept(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(report));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
  };

  abstract void write(List<CheckedModule> modules, Consumer<String> out);

  /** The one of this name. */
  static Optional<CheckFormat> named(String name) {
    return Stream.of(values()).filter(each -> each.word().equals(name)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Stream<CheckedFile> files(List<CheckedModule> modules) {
    return modules.stream().flatMap(module -> module.files().stream());
  }

  private static String summary(CheckedFile file) {
    if (file.isRefused()) {
      return "refused";
    }
    if (file.status().state() == State.SKIPPED) {
      return "skipped: " + file.status().diagnostics().get(0).message();
    }
    String kind = file.status().kind().word();
    if (file.isBy(Compiler.JANINO)) {
      return kind + ", by Janino";
    }
    if (!file.isBy(Compiler.ECJ)) {
      return kind;
    }
    String because =
        file.checked().obstacles().isEmpty() && !file.checked().together().isEmpty()
            ? ", as it is compiled together with " + String.join(", ", file.checked().together())
            : "";
    return kind + ", by the Eclipse compiler" + because;
  }

  private static String total(List<CheckedModule> modules) {
    List<CheckedFile> files = files(modules).toList();
    long errors =
        modules.stream()
            .flatMap(module -> module.findings().stream())
            .filter(finding -> finding.severity() == Severity.ERROR)
            .count();
    return String.format(
        Locale.ROOT,
        "%d %s: %d by Janino, %d by the Eclipse compiler, %d refused; %d %s.",
        files.size(),
        files.size() == 1 ? "file" : "files",
        files.stream().filter(file -> file.isBy(Compiler.JANINO)).count(),
        files.stream().filter(file -> file.isBy(Compiler.ECJ)).count(),
        files.stream().filter(CheckedFile::isRefused).count(),
        errors,
        errors == 1 ? "error" : "errors");
  }

  private static String escaped(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static Map<String, Object> entry(CheckedFile file) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("file", file.path());
    entry.put("state", file.status().state().word());
    entry.put("kind", file.status().kind().word());
    entry.put("className", file.status().className());
    entry.put(
        "compiler", file.status().compiler() == null ? null : file.status().compiler().word());
    entry.put("together", file.checked().together());
    return entry;
  }

  private static Map<String, Object> entry(Finding finding) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("file", finding.file());
    entry.put("line", finding.line());
    entry.put("column", finding.column());
    entry.put("severity", finding.severity().word());
    entry.put("message", finding.message());
    return entry;
  }
}
