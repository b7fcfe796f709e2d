// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import eu.nephele.smo.access.cli.HumanDuration;
import eu.nephele.smo.access.cli.profile.PrometheusHistory.Queries;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Where the past is read from. In queries {@code $service}, {@code $namespace} and {@code $window} are replaced. */
final class PrometheusOptions {

    @Option(names = "--prometheus", paramLabel = "URL", required = true, description = "The Prometheus.")
    String url = "";

    @Option(names = "--since", paramLabel = "7d", defaultValue = "7d", description = "How far back; default: 7d.")
    private HumanDuration since = new HumanDuration(Duration.ofDays(7));

    @Option(
            names = "--step",
            paramLabel = "60s",
            defaultValue = "60s",
            description = "Distance of samples; default: 60s.")
    private HumanDuration step = new HumanDuration(Duration.ofSeconds(60));

    @Option(
            names = "--rate-window",
            paramLabel = "60s",
            defaultValue = "60s",
            description = "Window of rates; default: 60s.")
    private HumanDuration window = new HumanDuration(Duration.ofSeconds(60));

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
        return since.duration();
    }

    Duration step() {
        return step.duration();
    }

    Duration window() {
        return window.duration();
    }

    Queries queries(String service) {
        return new Queries(filled(replicasQuery, service), filled(rateQuery, service), filled(useQuery, service));
    }

    private String filled(String query, String service) {
        return query.replace("$service", service)
                .replace("$namespace", namespace)
                .replace("$window", window().toSeconds() + "s");
    }
}
