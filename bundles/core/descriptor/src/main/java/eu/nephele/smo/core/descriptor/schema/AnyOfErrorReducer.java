// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.schema;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Condenses the errors of alternatives ({@code anyOf}, {@code oneOf}). A validator reports the errors of every
 * alternative; a reader needs those of the intended one: the only one of the right type.
 */
final class AnyOfErrorReducer {

    private static final Set<String> ALTERNATIVES = Set.of("anyOf", "oneOf");
    /** Keywords that lead into a member or item and whose next step is not a name in the instance. */
    private static final Set<String> INTO_ANY_CHILD = Set.of("items", "additionalProperties", "unevaluatedProperties");

    private static final Set<String> INTO_NAMED_CHILD = Set.of("properties", "patternProperties", "prefixItems");
    private static final Set<String> INTO_SAME = Set.of("allOf", "anyOf", "oneOf", "dependentSchemas");

    private AnyOfErrorReducer() {}

    static List<Error> condense(List<Error> errors) {
        Map<String, List<Error>> groups = new LinkedHashMap<>();
        List<Error> plain = new ArrayList<>();
        for (Error error : errors) {
            int union = unionIndex(error.getEvaluationPath());
            if (union < 0) {
                plain.add(error);
            } else {
                groups.computeIfAbsent(key(error, union), unused -> new ArrayList<>())
                        .add(error);
            }
        }
        groups.values().forEach(group -> plain.addAll(meant(group)));
        return plain;
    }

    /** Index at which the path enters the first union, -1 when it enters none. */
    private static int unionIndex(NodePath evaluation) {
        for (int i = 0; i < evaluation.getNameCount(); i++) {
            String step = evaluation.getName(i);
            if (ALTERNATIVES.contains(step)) {
                return i;
            }
            if (INTO_NAMED_CHILD.contains(step)) {
                i++;
            }
        }
        return -1;
    }

    private static String key(Error error, int union) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i <= union; i++) {
            key.append('/').append(error.getEvaluationPath().getName(i));
        }
        return key.append('#')
                .append(prefix(error.getInstanceLocation(), depth(error, union)))
                .toString();
    }

    private static int depth(Error error, int union) {
        NodePath evaluation = error.getEvaluationPath();
        int depth = 0;
        for (int i = 0; i < union; i++) {
            String step = evaluation.getName(i);
            if (INTO_NAMED_CHILD.contains(step)) {
                depth++;
                i++;
            } else if (INTO_ANY_CHILD.contains(step)) {
                depth++;
            } else if (INTO_SAME.contains(step)) {
                i++;
            }
        }
        return depth;
    }

    private static String prefix(NodePath path, int length) {
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < Math.min(length, path.getNameCount()); i++) {
            prefix.append('/').append(path.getName(i));
        }
        return prefix.toString();
    }

    private static List<Error> meant(List<Error> group) {
        int union = unionIndex(group.get(0).getEvaluationPath());
        int depth = depth(group.get(0), union);
        Map<String, List<Error>> branches = group.stream()
                .filter(error -> error.getEvaluationPath().getNameCount() > union + 1)
                .collect(Collectors.groupingBy(
                        error -> error.getEvaluationPath().getName(union + 1),
                        LinkedHashMap::new,
                        Collectors.toList()));
        List<List<Error>> rightlyTyped = branches.values().stream()
                .filter(branch -> branch.stream().noneMatch(error -> isTypeErrorAt(error, depth)))
                .toList();
        if (rightlyTyped.size() == 1) {
            return rightlyTyped.get(0);
        }
        List<Error> candidates = rightlyTyped.isEmpty() ? group : rightlyTyped.get(0);
        return candidates.stream()
                .filter(error -> error.getInstanceLocation().getNameCount() == depth)
                .findFirst()
                .or(() -> group.stream().findFirst())
                .stream()
                .toList();
    }

    private static boolean isTypeErrorAt(Error error, int depth) {
        return "type".equals(error.getKeyword()) && error.getInstanceLocation().getNameCount() == depth;
    }
}
