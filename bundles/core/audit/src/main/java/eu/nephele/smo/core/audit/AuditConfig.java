// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the audit. */
@ObjectClassDefinition(
        name = "SMO audit",
        description = "Who did what: one chain of entries, sealed and anchored outside.")
@interface AuditConfig {

    @AttributeDefinition(
            description =
                    "While changes cannot be recorded in the database: block refuses them, buffer records them in a"
                            + " local file.")
    String policy() default "block";

    @AttributeDefinition(description = "Milliseconds that a change may wait for its entry to be stored.", min = "100")
    long waitMillis() default 5000;

    @AttributeDefinition(description = "Largest size of the local file, in MiB.", min = "1")
    int bufferMegabytes() default 64;

    @AttributeDefinition(
            description = "Where signed heads of the chain are anchored: files (PATH, relative to DATA) and URLs (http,"
                    + " https), to which they are posted. They belong where who can change the database cannot.")
    String[] anchors() default {};

    @AttributeDefinition(description = "Seconds between two signed heads.", min = "1")
    int anchorSeconds() default 60;

    @AttributeDefinition(
            description = "Entries older than this many days are removed, up to a signed checkpoint; 0 keeps all.",
            min = "0")
    int retentionDays() default 400;

    @AttributeDefinition(
            description = "A file to which each entry is appended as a line of JSON; relative to DATA; empty: none.")
    String file() default "";

    @AttributeDefinition(
            description = "A syslog server (RFC 5424) that gets each entry: tcp://HOST:PORT or udp://HOST:PORT; empty:"
                    + " none.")
    String syslog() default "";

    @AttributeDefinition(
            description = "The private key that signs heads (Ed25519, PKCS#8, base64); empty: DATA/etc/audit.key. It is"
                    + " made when it is missing.")
    String keyFile() default "";
}
