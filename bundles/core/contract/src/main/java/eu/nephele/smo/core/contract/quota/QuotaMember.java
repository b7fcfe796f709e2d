// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.quota;

import eu.nephele.smo.api.model.Resources;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Something of which a project may have so much: things that are counted, or an amount that placements reserve.
 *
 * @param name {@code graphs}, {@code services}, {@code webhooks}, {@code plans}, {@code streams}; {@code cpu}
 *     (thousandths of a core), {@code memory}, {@code storage} (bytes), {@code gpus}; else the Kubernetes name of a resource
 */
public record QuotaMember(String name) implements Comparable<QuotaMember> {

    public static final QuotaMember GRAPHS = new QuotaMember("graphs");
    public static final QuotaMember SERVICES = new QuotaMember("services");
    public static final QuotaMember WEBHOOKS = new QuotaMember("webhooks");
    public static final QuotaMember PLANS = new QuotaMember("plans");
    public static final QuotaMember STREAMS = new QuotaMember("streams");

    /** Whose name here differs from that in the capacity ledger. */
    private static final String GPUS = "gpus";

    /** Those that are counted, in the order in which they are shown. */
    public static final List<QuotaMember> COUNTED = List.of(GRAPHS, SERVICES, WEBHOOKS, PLANS, STREAMS);

    /** Limits of one quota; more are refused. */
    public static final int MOST_MEMBERS = 100;

    private static final Set<String> AMOUNTS = Set.of(Resources.CPU, Resources.MEMORY, Resources.STORAGE, GPUS);
    private static final Pattern EXTENDED =
            Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?"
                    + "|hugepages-[0-9]{1,10}[KMG]i");
    private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);
    private static final BigDecimal GIBIBYTE = BigDecimal.valueOf(1L << 30);
    private static final int DECIMALS = 3;

    /** Empty for a name that no quota can have. */
    public static Optional<QuotaMember> parse(String name) {
        QuotaMember member = new QuotaMember(name);
        return member.isCounted()
                        || AMOUNTS.contains(name)
                        || EXTENDED.matcher(name).matches()
                ? Optional.of(member)
                : Optional.empty();
    }

    /** @param resource name as in {@link Resources#byName()} */
    public static QuotaMember ofResource(String resource) {
        return new QuotaMember(resource.equals(Resources.GPU) ? GPUS : resource);
    }

    public boolean isCounted() {
        return COUNTED.contains(this);
    }

    /** Name as in {@link Resources#byName()}, of one that is not counted. */
    public String resource() {
        return name.equals(GPUS) ? Resources.GPU : name;
    }

    /** The amount for people: cores, GiB, or a number. */
    public String shown(long amount) {
        if (amount == Resources.UNLIMITED) {
            return "unlimited";
        }
        return switch (name) {
            case Resources.CPU -> inUnits(amount, MILLIS);
            case Resources.MEMORY, Resources.STORAGE -> inUnits(amount, GIBIBYTE) + " GiB";
            default -> Long.toString(amount);
        };
    }

    private static String inUnits(long amount, BigDecimal unit) {
        return BigDecimal.valueOf(amount)
                .divide(unit, DECIMALS, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** What is counted comes first. */
    @Override
    public int compareTo(QuotaMember other) {
        return isCounted() == other.isCounted() ? name.compareTo(other.name) : isCounted() ? -1 : 1;
    }
}
