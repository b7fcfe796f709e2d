// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.Resources;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Words an amount of a resource that is missing. Rounded up, so that what is said is enough. */
final class AmountText {

    private static final int DECIMALS = 3;
    private static final long MILLIS = 1000;
    private static final long GIBIBYTE = 1L << 30;

    private AmountText() {}

    /** @param amount in the unit of {@link Resources#byName} */
    static String more(String resource, long amount) {
        return switch (resource) {
            case Resources.CPU -> "%s more free %s".formatted(up(amount, MILLIS), amount == MILLIS ? "core" : "cores");
            case Resources.MEMORY, Resources.STORAGE -> "%s GiB more free %s".formatted(up(amount, GIBIBYTE), resource);
            case Resources.GPU -> "%d more free %s".formatted(amount, amount == 1 ? "GPU" : "GPUs");
            default -> "%d more free %s".formatted(amount, resource);
        };
    }

    private static String up(long amount, long unit) {
        return BigDecimal.valueOf(amount)
                .divide(BigDecimal.valueOf(unit), DECIMALS, RoundingMode.CEILING)
                .stripTrailingZeros()
                .toPlainString();
    }
}
