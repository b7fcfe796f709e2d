// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The groups of one object: other members and their order stay unchanged. */
record RuleGroups(List<Object> groups) {

    private static final String RULES = "rules";

    RuleGroups {
        groups = List.copyOf(groups);
    }

    static RuleGroups from(Object spec) {
        return new RuleGroups(list(member(spec, "groups")));
    }

    /** Replaces a rule of its name. */
    RuleGroups with(String group, Map<String, Object> rule) {
        List<Object> changed = new ArrayList<>();
        boolean found = false;
        for (Object each : groups) {
            boolean ours = !found && isNamed(each, "name", group);
            changed.add(ours ? rules(each, put(list(member(each, RULES)), rule)) : each);
            found |= ours;
        }
        if (!found) {
            changed.add(rules(Map.of("name", group), List.of(rule)));
        }
        return new RuleGroups(changed);
    }

    /** Drops a group that is empty then. */
    RuleGroups without(String group, String name) {
        List<Object> changed = new ArrayList<>();
        for (Object each : groups) {
            List<Object> before = list(member(each, RULES));
            List<Object> kept = before.stream()
                    .filter(rule -> !isNamed(rule, AlertRule.NAME, name))
                    .toList();
            if (!isNamed(each, "name", group) || kept.size() == before.size()) {
                changed.add(each);
            } else if (!kept.isEmpty()) {
                changed.add(rules(each, kept));
            }
        }
        return new RuleGroups(changed);
    }

    List<Object> rules() {
        return groups.stream()
                .flatMap(group -> list(member(group, RULES)).stream())
                .toList();
    }

    private static List<Object> put(List<Object> rules, Map<String, Object> rule) {
        List<Object> changed = new ArrayList<>();
        boolean found = false;
        for (Object each : rules) {
            boolean same = isNamed(each, AlertRule.NAME, String.valueOf(rule.get(AlertRule.NAME)));
            if (!same) {
                changed.add(each);
            } else if (!found) {
                changed.add(rule);
                found = true;
            }
        }
        if (!found) {
            changed.add(rule);
        }
        return changed;
    }

    private static Map<Object, Object> rules(Object group, List<Object> rules) {
        Map<Object, Object> changed = new LinkedHashMap<>((Map<?, ?>) group);
        changed.put(RULES, rules);
        return changed;
    }

    private static boolean isNamed(Object thing, String member, String name) {
        return member(thing, member).filter(name::equals).isPresent();
    }

    private static Optional<Object> member(Object thing, String name) {
        return thing instanceof Map<?, ?> members ? Optional.ofNullable(members.get(name)) : Optional.empty();
    }

    private static List<Object> list(Object thing) {
        Object value =
                thing instanceof Optional<?> some ? some.map(Object.class::cast).orElse(List.of()) : thing;
        return value instanceof List<?> several ? new ArrayList<>(several) : List.of();
    }
}
