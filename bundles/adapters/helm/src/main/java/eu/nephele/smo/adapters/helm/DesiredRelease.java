// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.api.port.ArtifactRepository.FetchedChart;
import eu.nephele.smo.api.port.InstallRequest;
import java.util.List;
import java.util.Optional;

/** A request with its chart and the values for Helm, fetched at the first use, once for all connections. */
final class DesiredRelease {

    private final InstallRequest request;
    private final ChartFetcher charts;
    private final List<String> replicaValues;
    private Optional<FetchedChart> chart = Optional.empty();
    private Optional<HelmValues> values = Optional.empty();

    DesiredRelease(InstallRequest request, ChartFetcher charts, List<String> replicaValues) {
        this.request = request;
        this.charts = charts;
        this.replicaValues = replicaValues;
    }

    InstallRequest request() {
        return request;
    }

    FetchedChart chart() {
        FetchedChart fetched =
                chart.orElseGet(() -> charts.fetch(request.artifact().reference()));
        chart = Optional.of(fetched);
        return fetched;
    }

    HelmValues values() {
        HelmValues effective =
                values.orElseGet(() -> HelmValues.create(request, charts.values(chart()), replicaValues));
        values = Optional.of(effective);
        return effective;
    }

    ReleaseOwnership marks() {
        return ReleaseOwnership.create(request, chart().digest(), values());
    }
}
