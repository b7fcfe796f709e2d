// SPDX-License-Identifier: Apache-2.0
/** Requests whose best placement is known or proven: whether strategies find it, in how much time and with how much memory. */
package eu.nephele.smo.lab.harness.exact;
