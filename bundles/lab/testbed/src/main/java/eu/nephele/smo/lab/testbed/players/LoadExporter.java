// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Counters of requests that grow as fast as was set, in the text format of Prometheus. */
public final class LoadExporter {

    private static final String[] FAMILIES = {"http_requests_total", "flask_http_request_total"};
    private static final String CPU = "container_cpu_usage_seconds_total";
    private static final double CPU_SECONDS_PER_REQUEST = 0.05;
    private static final double NANOS = 1e9;

    private final Map<Source, Counter> counters = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /** @param nanos a clock that only goes forward */
    public LoadExporter(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A service whose requests are counted. */
    public record Source(String namespace, String service) {}

    private record Counter(double total, double perSecond, long sinceNanos) {

        double at(long now) {
            return total + perSecond * (now - sinceNanos) / NANOS;
        }
    }

    public void setRate(Source source, double perSecond) {
        if (!(perSecond >= 0) || Double.isInfinite(perSecond)) {
            throw new IllegalArgumentException(perSecond + " is not a rate: expected requests per second, 0 or more");
        }
        long now = nanos.getAsLong();
        counters.compute(source, (key, before) -> new Counter(before == null ? 0 : before.at(now), perSecond, now));
    }

    public void forget(Source source) {
        counters.remove(source);
    }

    public String text() {
        long now = nanos.getAsLong();
        StringBuilder text = new StringBuilder();
        for (String family : FAMILIES) {
            text.append("# TYPE ").append(family).append(" counter\n");
            counters.forEach((source, counter) -> line(text, family, labels("service", source), counter.at(now)));
        }
        text.append("# TYPE ").append(CPU).append(" counter\n");
        counters.forEach((source, counter) ->
                line(text, CPU, labels("container", source), counter.at(now) * CPU_SECONDS_PER_REQUEST));
        return text.toString();
    }

    private static String labels(String ofService, Source source) {
        return "%s=\"%s\",namespace=\"%s\"".formatted(ofService, escape(source.service()), escape(source.namespace()));
    }

    private static void line(StringBuilder text, String family, String labels, double value) {
        text.append(String.format(Locale.ROOT, "%s{%s} %.3f\n", family, labels, value));
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
