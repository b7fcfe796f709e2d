// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.check;

import java.util.List;
import java.util.regex.Pattern;

/** Names of projects. A project is a Kubernetes namespace, and some of these belong to others. */
public final class ProjectRule {

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    private final List<String> reserved;

    /** @param reserved names; {@code *} stands for any text */
    public ProjectRule(List<String> reserved) {
        this.reserved = List.copyOf(reserved);
    }

    public void check(String project, ValidationFindings findings) {
        if (!DNS_LABEL.matcher(project).matches()) {
            String shown = project.length() <= 80 ? project : project.substring(0, 80) + "…";
            findings.violation(
                    "",
                    "the project `%s` is not a DNS label: 1 to 63 lower-case letters, digits and hyphens, no hyphen at the ends"
                            .formatted(shown));
            return;
        }
        reserved.stream()
                .filter(pattern -> matches(pattern, project))
                .findFirst()
                .ifPresent(pattern -> findings.violation(
                        "", "the project `%s` is reserved (%s); choose another name".formatted(project, pattern)));
    }

    private static boolean matches(String pattern, String project) {
        String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
        return Pattern.matches(regex, project);
    }
}
