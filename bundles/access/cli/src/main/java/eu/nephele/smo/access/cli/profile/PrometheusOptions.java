// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import eu.nephele.smo.access.cli.profile.PrometheusHistory.Queries;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Where the past is read from. In queries {@code $service}, {@code $namespace} and {@code $window} are replaced. */
final class PrometheusOptions {

    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})([smhdw])");

    @Option(names = "--prometheus", paramLabel = "URL", required = true, description = "The Prometheus.")
    String url = "";

    @Option(names = "--since", paramLabel = "7d", defaultValue = "7d", description = "How far back; default: 7d.")
    private String since = "7d";

    @Option(
            names = "--step",
            paramLabel = "60s",
            defaultValue = "60s",
            description = "Distance of samples; default: 60s.")
    private String step = "60s";

    @Option(
            names = "--rate-window",
            paramLabel = "60s",
            defaultValue = "60s",
            description = "Window of rates; default: 60s.")
    private String window = "60s";

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Namespace, which is the project; default: default.")
    private String namespace = "default";

    @Option(
            names = "--replicas-query",
            paramLabel = "PROMQL",
            description = "Ready replicas; default: ${DEFAULT-VALUE}.")
    private String replicasQuery =
            "sum(kube_deployment_status_replicas_ready{deployment=\"$service\",namespace=\"$namespace\"})";

    @Option(names = "--rate-query", paramLabel = "PROMQL", description = "Handled rate; default: ${DEFAULT-VALUE}.")
    private String rateQuery =
            "sum(rate(flask_http_request_total{service=\"$service\",namespace=\"$namespace\"}[$window]))";

    @Option(
            names = "--use-query",
            paramLabel = "PROMQL",
            description = "Share of the processor limit in use, 0 to 1; \"\": none; default: ${DEFAULT-VALUE}.")
    private String useQuery =
            "sum(rate(container_cpu_usage_seconds_total{container=\"$service\",namespace=\"$namespace\"}[$window]))"
                    + " / sum(kube_pod_container_resource_limits{resource=\"cpu\",container=\"$service\","
                    + "namespace=\"$namespace\"})";

    Duration since() {
        return duration("--since", since);
    }

    Duration step() {
        return duration("--step", step);
    }

    Duration window() {
        return duration("--rate-window", window);
    }

    Queries queries(String service) {
        return new Queries(filled(replicasQuery, service), filled(rateQuery, service), filled(useQuery, service));
    }

    private String filled(String query, String service) {
        return query.replace("$service", service)
                .replace("$namespace", namespace)
                .replace("$window", window().toSeconds() + "s");
    }

    private static Duration duration(String option, String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "%s is '%s', expected for example 90s, 15m, 12h or 7d".formatted(option, text));
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> Duration.ofDays(7 * amount);
        };
    }
}
