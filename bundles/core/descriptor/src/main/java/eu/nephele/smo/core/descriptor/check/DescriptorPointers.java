// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.check;

import java.util.Comparator;
import java.util.List;

/** JSON pointers (RFC 6901) into a request body. */
final class DescriptorPointers {

    static final String GRAPH = "/hdaGraph";
    static final String GRAPH_INTENTS = GRAPH + "/hdaGraphIntent";

    /** Shallow before deep, items of arrays by number, members by name. */
    static final Comparator<String> DOCUMENT_ORDER = DescriptorPointers::compare;

    private DescriptorPointers() {}

    static String service(int index) {
        return GRAPH + "/services/" + index;
    }

    static String serviceIntents(int index) {
        return service(index) + "/deployment/intent";
    }

    private static int compare(String one, String other) {
        List<String> a = List.of(one.split("/", -1));
        List<String> b = List.of(other.split("/", -1));
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = compareSteps(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    /** Numbers before names; of numbers the shorter one is the smaller, which needs no parsing. */
    private static int compareSteps(String a, String b) {
        boolean numberA = isNumber(a);
        if (numberA != isNumber(b)) {
            return numberA ? -1 : 1;
        }
        return numberA && a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }

    private static boolean isNumber(String step) {
        return !step.isEmpty() && step.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
