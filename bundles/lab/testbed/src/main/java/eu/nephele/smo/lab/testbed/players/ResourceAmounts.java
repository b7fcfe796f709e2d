// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** Amounts of resources by name: cores, bytes, devices, pods. */
final class ResourceAmounts {

    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);
    private static final BigDecimal MIB = BigDecimal.valueOf(1L << 20);
    private static final BigDecimal MILLI = BigDecimal.valueOf(1000);

    private final Map<String, BigDecimal> amounts = new TreeMap<>();

    /** Amounts of an object such as {@code {"cpu": "500m"}}. */
    static ResourceAmounts create(JsonNode quantities) {
        ResourceAmounts read = new ResourceAmounts();
        quantities
                .properties()
                .forEach(field -> read.add(
                        field.getKey(),
                        Quantity.getAmountInBytes(
                                Quantity.parse(field.getValue().asText()))));
        return read;
    }

    /** Returns the requests of a pod: the sum of its containers, and its slot. */
    static ResourceAmounts ofPod(JsonNode pod) {
        ResourceAmounts wanted = ofContainers(pod);
        wanted.add("pods", BigDecimal.ONE);
        return wanted;
    }

    static ResourceAmounts ofContainers(JsonNode pod) {
        ResourceAmounts wanted = new ResourceAmounts();
        for (JsonNode container : pod.path("spec").path("containers")) {
            wanted.add(create(container.path("resources").path("requests")));
        }
        return wanted;
    }

    void add(ResourceAmounts others) {
        others.amounts.forEach(this::add);
    }

    void subtract(ResourceAmounts others) {
        others.amounts.forEach((resource, amount) -> add(resource, amount.negate()));
    }

    private void add(String resource, BigDecimal amount) {
        amounts.merge(resource, amount, BigDecimal::add);
    }

    boolean covers(ResourceAmounts wanted) {
        return wanted.amounts.entrySet().stream()
                .allMatch(want ->
                        amounts.getOrDefault(want.getKey(), BigDecimal.ZERO).compareTo(want.getValue()) >= 0);
    }

    /** How many times these amounts cover the others. */
    long times(ResourceAmounts wanted) {
        return wanted.amounts.entrySet().stream()
                .filter(want -> want.getValue().signum() > 0)
                .mapToLong(want -> Math.max(
                        0,
                        amounts.getOrDefault(want.getKey(), BigDecimal.ZERO)
                                .divideToIntegralValue(want.getValue())
                                .longValue()))
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    boolean isEmpty() {
        return amounts.isEmpty();
    }

    /** As the API writes them. */
    ObjectNode toTree() {
        ObjectNode tree = ApiServer.object();
        amounts.forEach((resource, amount) -> tree.put(resource, text(amount)));
        return tree;
    }

    private static String text(BigDecimal amount) {
        if (amount.signum() != 0 && amount.remainder(GIB).signum() == 0) {
            return amount.divide(GIB).toBigInteger() + "Gi";
        }
        if (amount.signum() != 0 && amount.remainder(MIB).signum() == 0) {
            return amount.divide(MIB).toBigInteger() + "Mi";
        }
        if (amount.remainder(BigDecimal.ONE).signum() == 0) {
            return amount.toBigInteger().toString();
        }
        return amount.multiply(MILLI).toBigInteger() + "m";
    }
}
