// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        name = "SMO store",
        description = "The database of the orchestrator: an embedded one by default, PostgreSQL by its url.")
@interface StoreConfig {

    @AttributeDefinition(
            name = "URL",
            description =
                    "JDBC url, for example jdbc:postgresql://host:5432/smo; empty for the embedded H2 in the data directory.")
    String url() default "";

    @AttributeDefinition(name = "User", description = "Database user; empty when the url needs none.")
    String user() default "";

    @AttributeDefinition(
            name = "Password reference",
            description =
                    "Where the password is: file:PATH (relative to the data directory), env:NAME, k8s:NAMESPACE/NAME/KEY or vault:MOUNT/PATH#KEY; empty for none. Read at each new connection.")
    String passwordReference() default "";

    @AttributeDefinition(name = "Pool size", description = "Connections at most.", min = "2", max = "200")
    int poolSize() default 10;

    @AttributeDefinition(
            name = "Connect timeout",
            description = "Longest wait for a connection, in milliseconds.",
            min = "250",
            max = "120000")
    long connectTimeoutMillis() default 5000;

    @AttributeDefinition(
            name = "Cache of the embedded database",
            description =
                    "Kibibytes of the heap in which the embedded database keeps pages of its file, 64 or more; 0 for"
                            + " a sixteenth of the largest heap.",
            min = "0",
            max = "1048576")
    int embeddedCacheKiB() default 0;

    @AttributeDefinition(
            name = "Lease",
            description =
                    "PostgreSQL: length of the lease of the database in milliseconds. A standby takes over when that time has"
                            + " passed since the last renewal, and the owner stops a tenth before.",
            min = "1000",
            max = "600000")
    long leaseMillis() default 5000;

    @AttributeDefinition(
            name = "Address",
            description =
                    "Where clients reach this server, as http://HOST:PORT: a standby tells it to those who want to change"
                            + " something. Empty for host and port that this server listens on.")
    String address() default "";

    @AttributeDefinition(
            name = "Data directory",
            description =
                    "The embedded database is in its folder db; empty for the framework property of the same name.")
    String smo_data() default "";
}
