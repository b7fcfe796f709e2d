// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

/**
 * A class of {@code compute}.
 *
 * @param amount of one replica, in cores or bytes
 */
record ResourceClass(String name, double amount) {}
