// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Prices of traffic in currency units per GB, by the names of clusters and providers. */
final class EgressPrices {

    private static final String ANY = "*";
    private static final char TOWARDS = '>';

    /** From, to. */
    private final Map<String, Map<String, Double>> pairs = new HashMap<>();

    private final Map<String, Double> leaving = new HashMap<>();
    private final double other;

    private EgressPrices(String... entries) {
        double dearest = 0;
        for (String entry : entries) {
            int equals = entry.lastIndexOf('=');
            double price = equals < 0 ? Double.NaN : price(entry.substring(equals + 1));
            if (!(price >= 0) || Double.isInfinite(price)) {
                throw unreadable(entry);
            }
            add(entry.substring(0, equals).strip(), price, entry);
            dearest = Math.max(dearest, price);
        }
        this.other = leaving.getOrDefault(ANY, dearest);
    }

    /** @throws IllegalArgumentException naming the entry that is not {@code FROM=PRICE}, {@code FROM>TO=PRICE} or {@code *=PRICE} */
    static EgressPrices parse(String... entries) {
        return new EgressPrices(entries);
    }

    private void add(String ends, double price, String entry) {
        int towards = ends.indexOf(TOWARDS);
        String from = towards < 0 ? ends : ends.substring(0, towards).strip();
        String to = towards < 0 ? "" : ends.substring(towards + 1).strip();
        if (from.isEmpty() || (towards >= 0 && (to.isEmpty() || from.equals(ANY) || to.equals(ANY)))) {
            throw unreadable(entry);
        }
        if (towards < 0) {
            leaving.put(from, price);
        } else {
            pairs.computeIfAbsent(from, any -> new HashMap<>()).put(to, price);
        }
    }

    private static double price(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
    }

    private static IllegalArgumentException unreadable(String entry) {
        return new IllegalArgumentException(
                "pricesPerGb: '%s' is not FROM=PRICE, FROM>TO=PRICE or *=PRICE with a finite price of 0 or more"
                        .formatted(entry));
    }

    /** A cluster with the provider that its label names; "" where it has none. */
    record Site(String cluster, String provider) {}

    /**
     * The price between two clusters. The first that there is counts: an entry for the pair, by cluster before provider; what
     * leaves the cluster; 0 within one provider; what leaves the provider; everything else.
     */
    double between(Site from, Site to) {
        OptionalDouble pair = pair(from.cluster(), to);
        if (pair.isEmpty()) {
            pair = pair(from.provider(), to);
        }
        if (pair.isPresent()) {
            return pair.getAsDouble();
        }
        Double ofCluster = leaving.get(from.cluster());
        if (ofCluster != null) {
            return ofCluster;
        }
        boolean sameProvider = !from.provider().isEmpty() && from.provider().equals(to.provider());
        return sameProvider ? 0 : leaving.getOrDefault(from.provider(), other);
    }

    private OptionalDouble pair(String from, Site to) {
        Map<String, Double> row = pairs.getOrDefault(from, Map.of());
        Double price = row.getOrDefault(to.cluster(), row.get(to.provider()));
        return price == null ? OptionalDouble.empty() : OptionalDouble.of(price);
    }
}
