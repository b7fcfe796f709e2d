// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import eu.nephele.smo.access.security.RequestLimits.Exceeded;
import eu.nephele.smo.access.security.RequestLimits.LimitSettings;
import eu.nephele.smo.access.security.TokenBucket.Rate;
import eu.nephele.smo.core.contract.access.AccessGate.Allowed;
import eu.nephele.smo.core.contract.access.AccessGate.Denied;
import eu.nephele.smo.core.contract.access.AccessGate.GateDecision;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Answers requests of callers who ask for too much, before anything of them is read but the header. Whom the gate refuses
 * is not counted: otherwise those behind one proxy could lock out each other. Nor are health checks, which decide
 * whether this server is restarted.
 */
@Metric(
        value = "smo_access_limited_requests_total",
        type = MetricType.COUNTER,
        unit = "requests",
        labels = "limit=reads|writes|bodies",
        meaning = "Requests of callers beyond their [limits](../operate/quotas.md#limits-of-callers), answered 429."
                + " Appears with the first")
final class CallThrottle {

    static final String METRIC = "smo_access_limited_requests_total";

    private static final String HEALTH = "/health";
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final long MIB = 1L << 20;

    private final RequestLimits limits;
    private final Supplier<Optional<MetricsRecorder>> metrics;

    CallThrottle(RequestLimits limits, Supplier<Optional<MetricsRecorder>> metrics) {
        this.limits = limits;
        this.metrics = metrics;
    }

    /** @throws IllegalArgumentException when a limit is no number of requests */
    static RequestLimits limits(SecurityConfig config) {
        if (!config.limitRequests()) {
            return RequestLimits.none();
        }
        long bytes = config.bodyMiBPerMinute() * MIB;
        return new RequestLimits(
                Optional.of(new LimitSettings(
                        rate("readsPerSecond, readBurst", config.readsPerSecond(), config.readBurst()),
                        rate("writesPerSecond, writeBurst", config.writesPerSecond(), config.writeBurst()),
                        rate("bodyMiBPerMinute", (double) bytes / SECONDS_PER_MINUTE, bytes),
                        Set.of(config.unlimitedPrincipals()))),
                System::nanoTime,
                RequestLimits.MOST_CALLERS);
    }

    private static Rate rate(String keys, double perSecond, long burst) {
        try {
            return new Rate(perSecond, burst);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "Configuration %s: %s is below 1, expected 1 or more; limitRequests=false turns limits off"
                            .formatted(GateFilter.PID, keys),
                    wrong);
        }
    }

    /**
     * @param denied why the request is not served, where its caller has asked for too much
     * @param request to be served else; what is read of it may be counted
     */
    record ThrottledCall(Optional<Denied> denied, HttpServletRequest request) {}

    ThrottledCall judge(GateDecision decision, HttpServletRequest call) {
        Optional<CallerBuckets> buckets = decision instanceof Allowed allowed && !isHealthCheck(call)
                ? bucketsOf(allowed, call)
                : Optional.empty();
        if (buckets.isEmpty()) {
            return new ThrottledCall(Optional.empty(), call);
        }
        CallerBuckets caller = buckets.get();
        // many have the address of a proxy: what one of them only announces is not charged to the others
        long announced = isAnonymous((Allowed) decision) ? 0 : call.getContentLengthLong();
        Optional<Exceeded> exceeded = limits.admit(caller, call.getMethod(), announced);
        if (exceeded.isPresent()) {
            return new ThrottledCall(exceeded.map(this::refused), call);
        }
        return new ThrottledCall(
                Optional.empty(),
                announced <= 0 && hasBody(call) ? new CountedBody(call, bytes -> limits.charge(caller, bytes)) : call);
    }

    private static boolean hasBody(HttpServletRequest call) {
        return call.getContentLengthLong() > 0 || call.getHeader("Transfer-Encoding") != null;
    }

    private static boolean isAnonymous(Allowed allowed) {
        return allowed.principal().name().equals(AccessPolicy.ANONYMOUS);
    }

    private Optional<CallerBuckets> bucketsOf(Allowed allowed, HttpServletRequest call) {
        return isAnonymous(allowed)
                ? limits.ofAddress(String.valueOf(call.getRemoteAddr()))
                : limits.ofPrincipal(allowed.principal().name());
    }

    private static boolean isHealthCheck(HttpServletRequest call) {
        String path = call.getRequestURI();
        return path.equals(HEALTH) || path.startsWith(HEALTH + "/");
    }

    private Denied refused(Exceeded exceeded) {
        metrics.get().ifPresent(recorder -> recorder.count(METRIC, Map.of("limit", exceeded.limit())));
        Rate rate = exceeded.rate();
        long seconds = exceeded.retryAfterSeconds();
        return new Denied(
                TOO_MANY_REQUESTS,
                "This caller sends too much: its limit of %s is used up. Try again in %d s; the limits are properties of the PID %s"
                        .formatted(described(exceeded.limit()), seconds, GateFilter.PID),
                Map.of(
                        "Retry-After",
                        Long.toString(seconds),
                        "RateLimit-Policy",
                        "\"%s\";q=%d;w=%d%s"
                                .formatted(
                                        exceeded.limit(),
                                        rate.burst(),
                                        rate.window(),
                                        exceeded.limit().equals("bodies") ? ";qu=\"content-bytes\"" : ""),
                        "RateLimit",
                        "\"%s\";r=0;t=%d".formatted(exceeded.limit(), seconds)));
    }

    private static String described(String limit) {
        return switch (limit) {
            case "reads" -> "requests that read";
            case "writes" -> "requests that change something";
            default -> "bytes of bodies";
        };
    }
}
