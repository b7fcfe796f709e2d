// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import eu.nephele.smo.core.contract.plugin.Plugin.AdmissionFinding;
import eu.nephele.smo.core.contract.plugin.Plugin.FindingVerdict;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A file does not come in. */
public final class AdmissionException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<AdmissionFinding> findings;

    /** @param findings at least one of them {@code REFUSED} */
    public AdmissionException(List<AdmissionFinding> findings) {
        super(findings.stream()
                .filter(finding -> finding.verdict() == FindingVerdict.REFUSED)
                .map(finding -> finding.rule() + ": " + finding.detail())
                .collect(Collectors.joining("; ")));
        this.findings = List.copyOf(findings);
    }

    public AdmissionException(String rule, String detail) {
        this(List.of(new AdmissionFinding(rule, FindingVerdict.REFUSED, detail)));
    }

    public List<AdmissionFinding> findings() {
        return findings;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
