// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.identity;

import eu.nephele.smo.core.contract.identity.Grant.GrantLimits;

/**
 * A right to be granted.
 *
 * @param project "" for everywhere
 * @param needsConsent whether it counts only after a second administrator has agreed
 */
public record GrantRequest(String subject, Role role, String project, GrantLimits limits, boolean needsConsent) {}
