// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import eu.nephele.smo.api.model.Resources;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Exact. Fractions of a unit are rounded so that no missing capacity is promised: offers down, requests up. */
public final class KubernetesQuantities {

    private static final Pattern QUANTITY =
            Pattern.compile("([+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+))(?:([eE][+-]?\\d{1,3})|([KMGTPE]i|[numkMGTPE]))?");
    private static final Map<String, BigDecimal> FACTORS = Map.ofEntries(
            Map.entry("n", new BigDecimal("1e-9")),
            Map.entry("u", new BigDecimal("1e-6")),
            Map.entry("m", new BigDecimal("1e-3")),
            Map.entry("k", new BigDecimal("1e3")),
            Map.entry("M", new BigDecimal("1e6")),
            Map.entry("G", new BigDecimal("1e9")),
            Map.entry("T", new BigDecimal("1e12")),
            Map.entry("P", new BigDecimal("1e15")),
            Map.entry("E", new BigDecimal("1e18")),
            Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
            Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
            Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
            Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
            Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
            Map.entry("Ei", BigDecimal.valueOf(1L << 60)));
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final Set<String> gpuNames;

    /** @param gpuNames names of resources that are whole GPUs */
    public KubernetesQuantities(Set<String> gpuNames) {
        this.gpuNames = Set.copyOf(gpuNames);
    }

    /** Converts offered amounts, fractions rounded down. */
    public Resources offered(Map<String, String> amounts) {
        return read(amounts, RoundingMode.FLOOR);
    }

    /** Converts used or requested amounts, fractions rounded up. */
    public Resources taken(Map<String, String> amounts) {
        return read(amounts, RoundingMode.CEILING);
    }

    boolean isGpu(String name) {
        return gpuNames.contains(name);
    }

    /** @throws IllegalArgumentException it is not a quantity */
    public static BigDecimal exact(String text) {
        Matcher matcher = QUANTITY.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'%s' is not a quantity".formatted(text));
        }
        String exponent = matcher.group(2) == null ? "" : matcher.group(2);
        BigDecimal number = new BigDecimal(matcher.group(1) + exponent);
        return matcher.group(3) == null ? number : number.multiply(FACTORS.get(matcher.group(3)));
    }

    private Resources read(Map<String, String> amounts, RoundingMode rounding) {
        Map<String, Long> known = new TreeMap<>();
        amounts.forEach((name, text) -> {
            BigDecimal amount = exact(text);
            if (amount.signum() < 0) {
                throw new IllegalArgumentException("%s=%s is negative".formatted(name, text));
            }
            switch (name) {
                case "cpu" -> known.put(Resources.CPU, whole(amount.movePointRight(3), rounding));
                case "memory" -> known.put(Resources.MEMORY, whole(amount, rounding));
                case "ephemeral-storage" -> known.put(Resources.STORAGE, whole(amount, rounding));
                default -> further(known, name, whole(amount, rounding));
            }
        });
        return Resources.ofNames(known);
    }

    /** Names with a slash are devices; services do not request {@code pods} or {@code hugepages-…}. */
    private void further(Map<String, Long> known, String name, long amount) {
        if (gpuNames.contains(name)) {
            known.merge(Resources.GPU, amount, Math::addExact);
        } else if (name.contains("/")) {
            known.put(name, amount);
        }
    }

    private static long whole(BigDecimal amount, RoundingMode rounding) {
        return amount.setScale(0, rounding).min(MOST).longValueExact();
    }
}
