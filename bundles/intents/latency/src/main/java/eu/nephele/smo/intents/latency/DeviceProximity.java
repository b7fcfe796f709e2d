// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.latency;

import eu.nephele.smo.api.intent.IntentValues;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.ClusterState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A service near its device: by a label of clusters, or by where the device is. */
record DeviceProximity(String labelPrefix, double weight) {

    /** @throws IllegalArgumentException if the configuration is invalid */
    static DeviceProximity of(LatencyConfig config) {
        if (!(config.proximityWeight() > 0) || Double.isInfinite(config.proximityWeight())) {
            throw new IllegalArgumentException(
                    "proximityWeight=%s, expected a finite number > 0".formatted(config.proximityWeight()));
        }
        return new DeviceProximity(config.deviceLabelPrefix(), config.proximityWeight());
    }

    void apply(String service, IntentValues wanted, Requirements requirements) {
        Optional<String> location = wanted.text("location");
        Map<String, String> labels = wanted.textsByName("labels");
        String device = wanted.text("device").orElse(service);
        Predicate<ClusterState> near;
        String where;
        if (location.isPresent() || !labels.isEmpty()) {
            near = cluster ->
                    location.map(place -> cluster.isAt(List.of(place))).orElse(true)
                            && cluster.labels().entrySet().containsAll(labels.entrySet());
            where = "deviceProximity: near the device, at %s%s"
                    .formatted(location.orElse(""), labels.isEmpty() ? "" : labels.toString());
        } else {
            String label = labelPrefix + device;
            near = cluster -> cluster.labels().containsKey(label);
            where = "deviceProximity: near device %s, on a cluster with the label %s".formatted(device, label);
        }
        double cost = wanted.number("weight").orElse(weight);
        if (wanted.flag("required")) {
            requirements.allowOnly(service, near, where);
        } else {
            requirements.prefer(service, (cluster, signals) -> near.test(cluster), cost, where);
        }
    }
}
