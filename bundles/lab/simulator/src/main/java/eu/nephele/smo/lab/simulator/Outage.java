// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

/** A part of the world's machinery that can be made to fail, as opposed to a cluster. */
public enum Outage {
    /** releases can be neither installed nor removed nor read: calls fail as unavailable */
    DEPLOYER,
    /** running workloads can be neither changed nor observed: calls fail as unavailable */
    RUNTIME,
    /** the list of clusters cannot be read: calls fail as unavailable */
    REGISTRY,
    /** measurements are missing: queries answer nothing, alert rules see no series */
    METRICS,
    /** alert rules can be neither written nor listed: calls fail as unavailable; those that are there are evaluated */
    RULES,
    /** clusters can be neither made nor changed nor listed on demand: calls fail as unavailable; those that are there stay */
    INFRASTRUCTURE
}
