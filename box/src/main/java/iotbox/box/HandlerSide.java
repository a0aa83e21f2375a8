package iotbox.box;

import iotbox.box.device.DeviceManager;
import iotbox.box.option.StartupException;
import iotbox.box.reload.Reloads;
import iotbox.loader.BuiltinHandlers;
import iotbox.loader.ClassCache;
import iotbox.loader.CompileTimes;
import iotbox.loader.HandlerCompiler;
import iotbox.loader.HandlerLoader;
import iotbox.loader.HandlerRegistry;
import iotbox.loader.Platform;
import java.nio.file.Path;

/**
 * Where handlers come from: those that ship with the box, those of modules in folders, and by what
 * those of Odoo are loaded, too. The registry has them in the end.
 */
final class HandlerSide {
  private final Foundation base;
  private final HandlerRegistry registry;
  private final StockHandlers.Means stock;
  private final HandlerCompiler compiler;
  final Reloads reloads;
  final LoadLog loader;

  /** To be closed before handlers are: what they do when told to end is not counted. */
  final StartGuard starts;

  /** Known when browsers are served; nothing is loaded before. */
  private volatile BuiltinHandlers builtins;

  /**
   * @param stock what those that ship with the box need of it
   */
  HandlerSide(
      Foundation base, HandlerRegistry registry, DeviceManager devices, StockHandlers.Means stock) {
    this.base = base;
    this.registry = registry;
    this.stock = stock;
    reloads = new Reloads(devices::touched);
    compiler = compiler(base);
    loader =
        new LoadLog(
            new HandlerLoader(
                registry,
                () -> builtins,
                StockHandlers.visible(),
                Platform.current(),
                base.options().archiveLimits(),
                base.options().signatures().handlers(),
                compiler,
                base.threads().work()),
            reloads);
    starts = new StartGuard(base.data(), base.threads());
  }

  /** Classes on disk bear no signature; where only signed handlers may run, none are kept. */
  private static HandlerCompiler compiler(Foundation base) {
    HandlerCompiler compiler = base.parts().started(HandlerCompiler.apart());
    return base.options().signatures().handlers().required()
        ? compiler
        : compiler.with(ClassCache.in(base.data().resolve("classes"), base.threads().work()));
  }

  /** How long compiling took up to now. */
  CompileTimes compiling() {
    return compiler.times();
  }

  /**
   * Has those that ship with the box in the registry. Looking at all of them takes longer than
   * anything else of the start.
   */
  void begin() {
    builtins = StockHandlers.of(stock);
    registry.begin(builtins.handlers());
  }

  /** Begins to load those of the folders; when devices follow what changes. */
  void start() throws StartupException {
    registry.onChange(reloads); // After the devices were told.
    for (Path folder : base.options().handlers()) {
      LocalModule module = new LocalModule(folder, loader, starts, base.options().archiveLimits());
      base.threads().work().execute(base.parts().started(module)::run);
    }
  }
}
