// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.tracing;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;

/** Exports sampled spans in batches, on a thread of its own: no caller waits for the receiver. */
final class SpanExport {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int BATCH = 512;

    private SpanExport() {}

    /** @throws IllegalArgumentException when the endpoint is no URL of HTTP */
    static SpanProcessor create(TracingConfig config) {
        return BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                        .setEndpoint(config.endpoint())
                        .setTimeout(TIMEOUT)
                        .setConnectTimeout(TIMEOUT)
                        .setCompression("gzip")
                        .build())
                .setScheduleDelay(Duration.ofMillis(config.exportIntervalMillis()))
                .setMaxQueueSize(config.exportQueue())
                .setMaxExportBatchSize(Math.min(BATCH, config.exportQueue()))
                .setExporterTimeout(TIMEOUT)
                .build();
    }
}
