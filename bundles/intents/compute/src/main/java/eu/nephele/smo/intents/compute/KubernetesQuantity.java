// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.compute;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Kubernetes quantities: {@code 500m}, {@code 1.5}, {@code 1e3}, {@code 2Gi}, and the longer {@code 2GiB}, {@code 10GB}. */
final class KubernetesQuantity {

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,30}(?:\\.\\d{0,30})?|\\.\\d{1,30})(?:[eE]([+-]?\\d{1,2})|([a-zA-Z]*))");

    private static final Map<String, BigDecimal> FACTORS = factors();

    private KubernetesQuantity() {}

    /**
     * @return thousandths of a core, a fraction of one counts as one
     * @throws IllegalArgumentException when the text is not a quantity
     */
    static long cpuMillis(String text) {
        return whole(parse(text).movePointRight(3), text);
    }

    /**
     * @return bytes, a fraction of one counts as one
     * @throws IllegalArgumentException when the text is not a quantity
     */
    static long bytes(String text) {
        return whole(parse(text), text);
    }

    private static BigDecimal parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw notAQuantity(text);
        }
        BigDecimal number = new BigDecimal(form.group(1));
        if (form.group(2) != null) {
            return number.scaleByPowerOfTen(Integer.parseInt(form.group(2)));
        }
        BigDecimal factor = FACTORS.get(form.group(3));
        if (factor == null) {
            throw notAQuantity(text);
        }
        return number.multiply(factor);
    }

    private static long whole(BigDecimal amount, String text) {
        BigDecimal rounded = amount.setScale(0, RoundingMode.CEILING);
        // the largest long means "unlimited" in the model, which no class can request
        if (rounded.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) >= 0) {
            throw new IllegalArgumentException("'%s' is too large".formatted(text));
        }
        return rounded.longValueExact();
    }

    private static IllegalArgumentException notAQuantity(String text) {
        return new IllegalArgumentException(
                "'%s' is not a quantity, expected for example 500m, 2, 1.5, 500MiB, 2Gi, 10GB".formatted(text));
    }

    private static Map<String, BigDecimal> factors() {
        Map<String, BigDecimal> factors = new HashMap<>();
        factors.put("", BigDecimal.ONE);
        factors.put("B", BigDecimal.ONE);
        factors.put("m", BigDecimal.ONE.movePointLeft(3));
        factors.put("u", BigDecimal.ONE.movePointLeft(6));
        factors.put("n", BigDecimal.ONE.movePointLeft(9));
        List<String> prefixes = List.of("k", "M", "G", "T", "P", "E");
        for (int power = 1; power <= prefixes.size(); power++) {
            String prefix = prefixes.get(power - 1);
            BigDecimal decimal = BigDecimal.ONE.movePointRight(3 * power);
            BigDecimal binary = BigDecimal.valueOf(1L << (10 * power));
            factors.put(prefix, decimal);
            factors.put(prefix + "B", decimal);
            String binaryPrefix = prefix.equals("k") ? "Ki" : prefix + "i";
            factors.put(binaryPrefix, binary);
            factors.put(binaryPrefix + "B", binary);
        }
        factors.put("KB", BigDecimal.valueOf(1000));
        return Map.copyOf(factors);
    }
}
