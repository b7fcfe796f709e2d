// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.forecast;

import eu.nephele.smo.api.scaling.ForecastRequest;
import java.util.Locale;
import java.util.stream.Collectors;

record ForecastCase(String origin, ForecastRequest request) {

    private static final int MOST_SHOWN = 6;

    String text() {
        int size = request.services().size();
        if (size > MOST_SHOWN) {
            return "%s (%d services)".formatted(origin, size);
        }
        return request.services().stream()
                .map(service -> String.format(
                        Locale.ROOT,
                        "  service %s/%s: recent=%d values, seasons=%d values, callers=%s",
                        service.graph(),
                        service.service(),
                        service.recent().size(),
                        service.seasons().size(),
                        service.callers()))
                .collect(Collectors.joining("\n", origin + "\n", ""));
    }
}
