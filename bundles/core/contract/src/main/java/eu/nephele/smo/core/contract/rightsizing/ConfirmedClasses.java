// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.rightsizing;

import java.util.Optional;

/**
 * Classes of {@code compute} that a person has confirmed for a service.
 *
 * @param cpu empty: it stays as it is
 * @param ram empty: it stays as it is
 */
public record ConfirmedClasses(Optional<String> cpu, Optional<String> ram) {}
