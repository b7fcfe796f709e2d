// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

/** What happens outside of all windows. */
public enum OutsideRule {
    /** the base strategy decides within the bounds of the service */
    BASE,
    /** the replicas stay as they are */
    KEEP,
    /** the service goes to its minimum */
    MINIMUM
}
