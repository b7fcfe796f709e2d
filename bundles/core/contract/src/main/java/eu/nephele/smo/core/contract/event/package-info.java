// SPDX-License-Identifier: Apache-2.0
/** What happened: written with each change, told afterwards. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.event;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
