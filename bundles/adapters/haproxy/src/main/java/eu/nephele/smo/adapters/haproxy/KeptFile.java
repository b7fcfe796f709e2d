// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

/**
 * What a balancer shall be, by the file or, where somebody else has written it, by its last version.
 *
 * @param text of the last version that this adapter wrote; "" when there is none
 * @param ours whether the file is that version
 */
record KeptFile(BalancerState state, String text, boolean ours) {}
