// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;
import java.util.stream.Collectors;

/**
 * An amount of compute, either wanted by a service (per replica) or offered by a cluster.
 *
 * @param cpuMillis thousandths of a core, 0 or more
 * @param memoryBytes bytes, 0 or more
 * @param storageBytes bytes, 0 or more
 * @param gpus whole devices, 0 or more; {@link #UNLIMITED} where only a flag "has accelerators" is known
 * @param extended further resources by Kubernetes resource name (for example {@code nvidia.com/mig-1g.5gb}), each 0 or more;
 *     zero amounts are left out
 */
public record Resources(long cpuMillis, long memoryBytes, long storageBytes, long gpus, Map<String, Long> extended) {

    /** An amount that nothing exhausts: a capacity of which only the presence is known, not the count. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    public static final String CPU = "cpu";
    public static final String MEMORY = "memory";
    public static final String STORAGE = "storage";
    public static final String GPU = "gpu";

    /** Containers, of which plain servers run a limited number: an {@link #extended} resource. */
    public static final String CONTAINERS = "containers";

    private static final long MILLIS = 1000;
    private static final long GIBIBYTE = 1L << 30;

    public static final Resources NONE = new Resources(0, 0, 0, 0, Map.of());

    public Resources {
        // most have none, and there are many of them
        extended = extended.isEmpty() ? Map.of() : sorted(extended);
        boolean negative = cpuMillis < 0 || memoryBytes < 0 || storageBytes < 0 || gpus < 0;
        if (negative || (!extended.isEmpty() && extended.values().stream().anyMatch(amount -> amount < 0))) {
            throw new IllegalArgumentException(
                    "Resources must not be negative: cpuMillis=%d memoryBytes=%d storageBytes=%d gpus=%d extended=%s"
                            .formatted(cpuMillis, memoryBytes, storageBytes, gpus, extended));
        }
    }

    private static Map<String, Long> sorted(Map<String, Long> amounts) {
        TreeMap<String, Long> copy = new TreeMap<>(amounts);
        copy.values().removeIf(amount -> amount == 0);
        return copy.isEmpty() ? Map.of() : Collections.unmodifiableMap(copy);
    }

    public Resources(long cpuMillis, long memoryBytes, long storageBytes, long gpus) {
        this(cpuMillis, memoryBytes, storageBytes, gpus, Map.of());
    }

    /** The sum; {@link #UNLIMITED} stays unlimited. */
    public Resources plus(Resources other) {
        return combine(other, Resources::add);
    }

    /** Returns the rest after taking {@code other} away, never below zero; {@link #UNLIMITED} stays unlimited. */
    public Resources minusFloored(Resources other) {
        return combine(other, (mine, theirs) -> mine == UNLIMITED ? UNLIMITED : Math.max(0, mine - theirs));
    }

    /** The larger amount of each resource. */
    public Resources max(Resources other) {
        return combine(other, Math::max);
    }

    /** @param count 0 or more, for example replicas */
    public Resources times(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count=%d, expected 0 or more".formatted(count));
        }
        Map<String, Long> scaled = new LinkedHashMap<>();
        extended.forEach((name, amount) -> scaled.put(name, multiply(amount, count)));
        return new Resources(
                multiply(cpuMillis, count),
                multiply(memoryBytes, count),
                multiply(storageBytes, count),
                multiply(gpus, count),
                scaled);
    }

    /** Returns whether every amount is at most that of {@code free}; inclusive, without tolerance. */
    public boolean fitsInto(Resources free) {
        return cpuMillis <= free.cpuMillis
                && memoryBytes <= free.memoryBytes
                && storageBytes <= free.storageBytes
                && gpus <= free.gpus
                && (extended.isEmpty()
                        || extended.entrySet().stream()
                                .allMatch(want -> want.getValue() <= free.extended.getOrDefault(want.getKey(), 0L)));
    }

    /** Returns how often these amounts fit into the free ones together; {@link Long#MAX_VALUE} if nothing limits it. */
    public long timesInto(Resources free) {
        Map<String, Long> offered = free.byName();
        return byName().entrySet().stream()
                .filter(need -> offered.getOrDefault(need.getKey(), 0L) != UNLIMITED)
                .mapToLong(need -> offered.getOrDefault(need.getKey(), 0L) / need.getValue())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /**
     * Returns the amounts that exceed the free ones, in the wording of all strategies: {@code needs 3 cores, 0.5 free; needs 2
     * GiB of memory, 1 free}.
     *
     * @return "" when all of it fits
     */
    public String shortage(Resources free) {
        Map<String, Long> offered = free.byName();
        return byName().entrySet().stream()
                .filter(need -> need.getValue() > offered.getOrDefault(need.getKey(), 0L))
                .map(need -> shortage(need.getKey(), need.getValue(), offered.getOrDefault(need.getKey(), 0L)))
                .collect(Collectors.joining("; "));
    }

    private static String shortage(String name, long need, long free) {
        return switch (name) {
            case CPU -> "needs %s cores, %s free".formatted(up(need, MILLIS), down(free, MILLIS));
            case MEMORY, STORAGE ->
                "needs %s GiB of %s, %s free".formatted(up(need, GIBIBYTE), name, down(free, GIBIBYTE));
            case GPU -> "needs %d GPUs, %d free".formatted(need, free);
            default -> "needs %d of %s, %d free".formatted(need, name, free);
        };
    }

    /** Needs are rounded up and what is free is rounded down, so that what does not fit never looks as if it did. */
    private static String up(long amount, long unit) {
        return number(amount, unit, RoundingMode.CEILING);
    }

    private static String down(long amount, long unit) {
        return number(amount, unit, RoundingMode.FLOOR);
    }

    /** As many decimals as say something, at most three. */
    private static String number(long amount, long unit, RoundingMode rounding) {
        return BigDecimal.valueOf(amount)
                .divide(BigDecimal.valueOf(unit), 3, rounding)
                .stripTrailingZeros()
                .toPlainString();
    }

    public boolean isZero() {
        return equals(NONE);
    }

    /** All non-zero amounts by resource name: {@code cpu} (milli-cores), {@code memory}, {@code storage} (bytes), {@code gpu}, extended names. */
    public Map<String, Long> byName() {
        Map<String, Long> amounts = new LinkedHashMap<>();
        amounts.put(CPU, cpuMillis);
        amounts.put(MEMORY, memoryBytes);
        amounts.put(STORAGE, storageBytes);
        amounts.put(GPU, gpus);
        amounts.putAll(extended);
        amounts.values().removeIf(amount -> amount == 0);
        return Collections.unmodifiableMap(amounts);
    }

    /** The inverse of {@link #byName()}; names that are missing count as zero. */
    public static Resources ofNames(Map<String, Long> amounts) {
        Map<String, Long> rest = new LinkedHashMap<>(amounts);
        return new Resources(take(rest, CPU), take(rest, MEMORY), take(rest, STORAGE), take(rest, GPU), rest);
    }

    private static long take(Map<String, Long> amounts, String name) {
        Long amount = amounts.remove(name);
        return amount == null ? 0 : amount;
    }

    private Resources combine(Resources other, LongBinaryOperator operator) {
        boolean plain = extended.isEmpty() && other.extended.isEmpty();
        Map<String, Long> combined = plain ? Map.of() : combinedExtended(other, operator);
        return new Resources(
                operator.applyAsLong(cpuMillis, other.cpuMillis),
                operator.applyAsLong(memoryBytes, other.memoryBytes),
                operator.applyAsLong(storageBytes, other.storageBytes),
                operator.applyAsLong(gpus, other.gpus),
                combined);
    }

    private Map<String, Long> combinedExtended(Resources other, LongBinaryOperator operator) {
        Map<String, Long> combined = new LinkedHashMap<>(extended);
        other.extended.keySet().forEach(name -> combined.putIfAbsent(name, 0L));
        combined.replaceAll((name, mine) -> operator.applyAsLong(mine, other.extended.getOrDefault(name, 0L)));
        return combined;
    }

    private static long add(long a, long b) {
        return a > UNLIMITED - b ? UNLIMITED : a + b;
    }

    private static long multiply(long amount, int count) {
        return count == 0 ? 0 : amount > UNLIMITED / count ? UNLIMITED : amount * count;
    }
}
