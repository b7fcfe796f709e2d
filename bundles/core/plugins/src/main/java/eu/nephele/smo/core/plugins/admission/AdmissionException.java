// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import eu.nephele.smo.core.contract.plugin.Plugin.Finding;
import eu.nephele.smo.core.contract.plugin.Plugin.Verdict;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A file does not come in. */
public final class Refusal extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    /** @param findings what was found, at least one {@code REFUSED} among it */
    public Refusal(List<Finding> findings) {
        super(findings.stream()
                .filter(finding -> finding.verdict() == Verdict.REFUSED)
                .map(finding -> finding.rule() + ": " + finding.detail())
                .collect(Collectors.joining("; ")));
        this.findings = List.copyOf(findings);
    }

    /** For the only thing that is wrong. */
    public Refusal(String rule, String detail) {
        this(List.of(new Finding(rule, Verdict.REFUSED, detail)));
    }

    public List<Finding> findings() {
        return findings;
    }

    /** Why, for people. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
