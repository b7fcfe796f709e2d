// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.health;

import java.util.List;

/** Warns in {@code /health/ready} and is never a reason not to serve. One service for each subject. */
public interface HealthWarnings {

    /** Name of the check, lower case. */
    String subject();

    /** One sentence for each warning that holds now; empty when all is well. Quick. */
    List<String> warnings();
}
