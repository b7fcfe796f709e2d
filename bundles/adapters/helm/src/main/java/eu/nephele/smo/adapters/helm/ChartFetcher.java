// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.adapters.helm.worker.Frame;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.ArtifactRepository;
import eu.nephele.smo.api.port.ArtifactRepository.FetchedChart;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

final class ChartFetcher {

    private static final int REMEMBERED = 64;

    private final Supplier<Optional<ArtifactRepository>> repository;
    private final HelmClient helm;
    private final HelmJson json;
    private final KubernetesSerialization yaml = new KubernetesSerialization();
    private final Map<String, JsonObject> values = Collections.synchronizedMap(new Recent());

    ChartFetcher(Supplier<Optional<ArtifactRepository>> repository, HelmClient helm, HelmJson json) {
        this.repository = repository;
        this.helm = helm;
        this.json = json;
    }

    FetchedChart fetch(String reference) {
        return repository
                .get()
                .orElseThrow(() -> new AdapterException(
                        Kind.UNAVAILABLE,
                        "oci",
                        "The chart %s cannot be fetched: no ArtifactRepository is available".formatted(reference)))
                .chart(reference);
    }

    JsonObject values(FetchedChart chart) {
        JsonObject known = values.get(chart.digest());
        if (known != null) {
            return known;
        }
        String what = "Read the values of the chart %s-%s".formatted(chart.name(), chart.version());
        String text = helm.read("values", what, Map.of(Frame.CHART, chart.file().toString()));
        JsonObject read = parsed(what, text);
        values.put(chart.digest(), read);
        return read;
    }

    private JsonObject parsed(String what, String text) {
        boolean empty = text.lines()
                .allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"));
        if (empty) {
            return JsonObject.EMPTY;
        }
        try {
            return json.object(yaml.convertToJson(text));
        } catch (IOException | RuntimeException unreadable) {
            throw new AdapterException(
                    Kind.REFUSED,
                    HelmErrors.SYSTEM,
                    what + ": they are not a YAML mapping: "
                            + HelmErrors.words(String.valueOf(unreadable.getMessage())),
                    unreadable);
        }
    }

    private static final class Recent extends LinkedHashMap<String, JsonObject> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(REMEMBERED, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JsonObject> eldest) {
            return size() > REMEMBERED;
        }
    }
}
