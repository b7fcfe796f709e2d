// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.quota;

import java.util.OptionalLong;

/**
 * What a project has of something.
 *
 * @param used in the unit of the member, 0 or more; more than the limit where that was lowered
 * @param limit empty: as much as there is
 */
public record QuotaUse(long used, OptionalLong limit) {}
