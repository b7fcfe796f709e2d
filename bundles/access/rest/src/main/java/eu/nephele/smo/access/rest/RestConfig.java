// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "SMO access: REST", description = "Limits of the REST interface.")
@interface RestConfig {

    @AttributeDefinition(
            name = "Largest body",
            description = "Bytes of a request body that are read at most; a larger body is answered 413.",
            min = "1024")
    int maxBodyBytes() default 5 * 1024 * 1024;

    @AttributeDefinition(
            name = "Wait of legacy calls",
            description =
                    "Seconds that start, stop, placement and delete at the root wait for their work to end, and deploy for its"
                            + " decision.",
            min = "1",
            max = "600")
    int legacyWaitSeconds() default 30;

    @AttributeDefinition(
            name = "Streams of events",
            description = "Streams of events that are open at once at most; a further one is answered 503. Each takes a"
                    + " connection and some 30 KiB of memory, but no thread.",
            min = "1",
            max = "60000")
    int maxStreams() default 2_000;

    @AttributeDefinition(
            name = "Streams of one caller",
            description =
                    "Streams of events that one principal, or one address without credentials, has open at once at"
                            + " most; a further one is answered 429.",
            min = "1",
            max = "60000")
    int maxStreamsPerCaller() default 1_000;

    @AttributeDefinition(
            name = "Calls that wait",
            description = "Calls that wait for the end of their work, or for a decision, at once at most, each holds a"
                    + " thread of the HTTP server; a further one is answered as if its time were over.",
            min = "1",
            max = "128")
    int maxWaits() default 24;

    @AttributeDefinition(
            name = "Largest plugin",
            description =
                    "Mebibytes of a plugin that is uploaded at most; a larger one is answered 413 while it comes.",
            min = "1",
            max = "2047")
    int pluginUploadMaxMiB() default 64;
}
