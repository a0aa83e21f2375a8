/**
 * The command line and the environment: {@link iotbox.box.option.BoxOption} is the table, {@link
 * iotbox.box.option.BoxOptions} what was said, validated once.
 */
package iotbox.box.option;
