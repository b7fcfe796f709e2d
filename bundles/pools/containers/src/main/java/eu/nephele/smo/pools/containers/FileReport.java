// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.pools.containers.check.FileFinding;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import java.util.List;
import java.util.Optional;

/**
 * What was found in the text of a file.
 *
 * @param file empty when there are errors
 * @param findings errors and warnings, in the order of the text
 */
public record FileReport(Optional<ContainersFile> file, List<FileFinding> findings) {

    public FileReport {
        findings = List.copyOf(findings);
    }

    public List<FileFinding> errors() {
        return findings.stream().filter(FileFinding::isError).toList();
    }

    public List<FileFinding> warnings() {
        return findings.stream().filter(finding -> !finding.isError()).toList();
    }

    /** @throws SmoException {@code INVALID} with all errors, each with its pointer, and its place in the message */
    ContainersFile orThrow() {
        return file.orElseThrow(() -> SmoException.invalid(
                "The file of containers has %d errors; the running one stays as it is"
                        .formatted(errors().size()),
                errors().stream()
                        .map(error -> new Violation(error.pointer(), error.message()))
                        .toList()));
    }
}
