// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.health;

import java.util.List;

/** Warns in {@code /health/ready} and is never a reason not to serve. One service for each subject. */
public interface HealthWarnings {

    /** Name of the check, lower case. */
    String subject();

    /** Returns one sentence for each present warning; empty when all is well. Quick. */
    List<String> warnings();
}
