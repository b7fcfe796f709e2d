// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.runtime;

import java.util.List;

/**
 * One file of the archive that {@code ./smo diagnose} gets from a server. One service for each. Whoever writes it leaves
 * out what may be a secret; the archive is searched for secrets of known form, too.
 */
public interface DiagnosticReport {

    /** Name of the file: {@code errors.txt}. */
    String fileName();

    /** Returns the lines of the file now; an exception becomes its content. */
    List<String> lines();
}
