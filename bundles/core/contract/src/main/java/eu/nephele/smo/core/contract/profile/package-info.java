// SPDX-License-Identifier: Apache-2.0
/** Capacity models of services that are learned while they run. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.profile;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
