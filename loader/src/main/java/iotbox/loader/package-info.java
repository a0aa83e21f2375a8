/**
 * From the bytes that Odoo sends to running handler classes. A reader meets the classes in this
 * order: {@link iotbox.loader.HandlerArchive} reads the zip, {@link iotbox.loader.SourceGroup}
 * gathers the files that refer to each other, {@link iotbox.loader.HandlerCompiler} turns a group
 * into bytes (Janino where that is proven right, the Eclipse compiler otherwise), {@link
 * iotbox.loader.HandlerClassLoader} makes classes of them, {@link iotbox.loader.HandlerSet} is what
 * was found valid, {@link iotbox.loader.HandlerRegistry} holds all sets, and {@link
 * iotbox.loader.HandlerLoader} drives the way.
 *
 * <p>Knows Java and zip files; knows no HTTP server and nothing of Odoo's model. Runs no foreign
 * code: classes are loaded here and never initialised.
 */
package iotbox.loader;
