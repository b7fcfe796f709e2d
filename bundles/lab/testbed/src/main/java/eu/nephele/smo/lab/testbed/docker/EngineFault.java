// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.docker;

/** What can be wrong with a played engine. */
public enum EngineFault {
    /** Nothing. */
    NONE,
    /** Takes requests and answers none; its containers answer. */
    HANGS,
    /** The whole machine is slow: engine and containers answer late. */
    SLOW,
    /** No room on its disk: nothing is made and nothing is pulled. */
    DISK_FULL
}
