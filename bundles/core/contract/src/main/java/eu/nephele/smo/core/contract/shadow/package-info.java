// SPDX-License-Identifier: Apache-2.0
/** Strategies that decide along without being followed, decisions of the past decided again, and what both come to. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.shadow;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
