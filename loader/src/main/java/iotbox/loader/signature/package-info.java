/**
 * Signatures of handlers: who made the files of a module, and that nothing was changed since. A
 * {@link iotbox.loader.signature.Manifest} names the files with their hashes; a {@link
 * iotbox.loader.signature.SignatureFile} is its text form, signed by a {@link
 * iotbox.loader.signature.SigningKey} and believed by a {@link iotbox.loader.signature.PublicKey}.
 * Ed25519 and SHA-256, both by the JDK. Knows nothing of handlers but names and bytes.
 */
package iotbox.loader.signature;
