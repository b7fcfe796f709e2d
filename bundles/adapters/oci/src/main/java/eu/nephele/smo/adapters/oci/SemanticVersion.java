// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tag that is a semantic version; {@code v} in front, fewer than three numbers, and {@code _} for {@code +} (which no tag may
 * have) are understood.
 *
 * @param preRelease its parts; none: a release
 */
record SemanticVersion(String tag, List<BigInteger> numbers, List<String> preRelease)
        implements Comparable<SemanticVersion> {

    private static final Pattern VERSION = Pattern.compile(
            "v?(0|[1-9][0-9]*)(?:\\.(0|[1-9][0-9]*))?(?:\\.(0|[1-9][0-9]*))?(?:-([0-9A-Za-z.-]+))?(?:_[0-9A-Za-z._-]+)?");

    static Optional<SemanticVersion> parse(String tag) {
        Matcher parts = VERSION.matcher(tag);
        if (!parts.matches()) {
            return Optional.empty();
        }
        List<BigInteger> numbers = List.of(number(parts, 1), number(parts, 2), number(parts, 3));
        String preRelease = parts.group(4);
        return Optional.of(new SemanticVersion(
                tag, numbers, preRelease == null ? List.of() : List.of(preRelease.split("\\.", -1))));
    }

    /** Returns the highest release; without releases the highest pre-release; empty if no tag is a version. */
    static Optional<String> highest(Collection<String> tags) {
        List<SemanticVersion> versions =
                tags.stream().flatMap(tag -> parse(tag).stream()).toList();
        return versions.stream()
                .filter(version -> version.preRelease.isEmpty())
                .max(Comparator.naturalOrder())
                .or(() -> versions.stream().max(Comparator.naturalOrder()))
                .map(SemanticVersion::tag);
    }

    private static BigInteger number(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? BigInteger.ZERO : new BigInteger(digits);
    }

    @Override
    public int compareTo(SemanticVersion other) {
        for (int i = 0; i < numbers.size(); i++) {
            int byNumber = numbers.get(i).compareTo(other.numbers.get(i));
            if (byNumber != 0) {
                return byNumber;
            }
        }
        int byPreRelease = comparePreRelease(other);
        return byPreRelease != 0 ? byPreRelease : tag.compareTo(other.tag);
    }

    private int comparePreRelease(SemanticVersion other) {
        if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
            return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
        }
        int common = Math.min(preRelease.size(), other.preRelease.size());
        for (int i = 0; i < common; i++) {
            int byPart = comparePart(preRelease.get(i), other.preRelease.get(i));
            if (byPart != 0) {
                return byPart;
            }
        }
        return Integer.compare(preRelease.size(), other.preRelease.size());
    }

    private static int comparePart(String one, String other) {
        boolean oneIsNumber = one.matches("[0-9]+");
        boolean otherIsNumber = other.matches("[0-9]+");
        if (oneIsNumber && otherIsNumber) {
            return new BigInteger(one).compareTo(new BigInteger(other));
        }
        return oneIsNumber == otherIsNumber ? one.compareTo(other) : Boolean.compare(otherIsNumber, oneIsNumber);
    }
}
