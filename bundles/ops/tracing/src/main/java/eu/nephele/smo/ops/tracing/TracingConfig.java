// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.tracing;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of traces. */
@ObjectClassDefinition(
        name = "SMO ops: tracing",
        description = "Traces: which are recorded, and where they are exported to. Nothing is recorded without an"
                + " endpoint and with keptTraces 0.")
@interface TracingConfig {

    @AttributeDefinition(
            description = "URL of a receiver of OTLP over HTTP, for example http://127.0.0.1:4318/v1/traces; empty:"
                    + " nothing is exported.")
    String endpoint() default "";

    @AttributeDefinition(
            description = "Share of the traces that is exported. The decision of a caller that sends a traceparent is"
                    + " followed.",
            min = "0",
            max = "1")
    double sampleRatio() default 0.1;

    @AttributeDefinition(
            description = "Number of the latest traces of operations that are kept in memory, whether they are exported"
                    + " or not; 0: none.",
            min = "0",
            max = "10000")
    int keptTraces() default 200;

    @AttributeDefinition(
            description = "Number of spans of a kept trace; further ones are counted only.",
            min = "1",
            max = "10000")
    int maxSpans() default 500;

    @AttributeDefinition(description = "Name of this server in the traces, their attribute service.name.")
    String serviceName() default "smo";

    @AttributeDefinition(description = "Milliseconds between two exports.", min = "10")
    int exportIntervalMillis() default 5000;

    @AttributeDefinition(
            description = "Number of spans that wait for their export; above it spans are dropped.",
            min = "1",
            max = "1000000")
    int exportQueue() default 4096;
}
