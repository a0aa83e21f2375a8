package iotbox.stock.display;

import iotbox.stock.host.BoxFacts;
import iotbox.stock.setting.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What displays get of the box.
 *
 * @param choice which screens are displays
 * @param environment of the box
 * @param folder for browsers' files, of displays alone
 * @param settings of displays
 * @param odoo what Odoo wants to be shown; gives {@code null} while it has not told
 * @param facts of the box
 * @param statusPage the address of the page to show where there is no other, for this machine
 * @param data for customers to see
 * @param readers run what reads from browsers, for as long as those run
 */
public record DisplayMeans(
    DisplayChoice choice,
    Map<String, String> environment,
    Path folder,
    Settings settings,
    Supplier<OdooWish> odoo,
    Supplier<BoxFacts> facts,
    Supplier<String> statusPage,
    CustomerData data,
    Executor readers) {}
