// SPDX-License-Identifier: Apache-2.0
/** The guard before every outside system, and what is known of each system. */
@Export
@Version("0.3.0")
package eu.nephele.smo.core.contract.outside;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
