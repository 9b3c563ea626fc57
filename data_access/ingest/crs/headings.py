"""Every heading of the releases that are known, in lower case and without underscores."""

from __future__ import annotations

KNOWN = frozenset((
    "year", "donorcode", "dedonorcode", "donorname", "agencycode", "agencyname", "crsid", "projectnumber",
    "initialreport", "recipientcode", "derecipientcode", "recipientname", "regioncode", "deregioncode", "regionname",
    "incomegroupcode", "deincomegroupcode", "incomegroupname", "flowcode", "flowname", "bimulti",
    "bilateralmultilateral", "category", "financet", "financetype", "aidt", "aidtype", "usdcommitment",
    "usddisbursement", "usdreceived", "usdcommitmentdefl", "usddisbursementdefl", "usdreceiveddefl",
    "usdcommitmentdeflated", "usddisbursementdeflated", "usdreceiveddeflated", "usdadjustment", "usdadjustmentdefl",
    "usdadjustmentdeflated", "usdamountuntied", "usdamountpartialtied", "usdamounttied", "usdamountuntieddefl",
    "usdamountpartialtieddefl", "usdamounttieddefl", "usdamountuntieddeflated", "usdamountpartialtieddeflated",
    "usdamounttieddeflated", "usdirtc", "usdirtccode", "usdexpertcommitment", "usdexpertextended", "usdexportcredit",
    "currencycode", "commitmentnational", "disbursementnational", "grantequiv", "grantequivalent", "usdgrantequiv",
    "usdgrantequivalent", "shortdescription", "projecttitle", "purposecode", "purposename", "sectorcode",
    "sectorname", "channelcode", "channelname", "channelreportedname", "parentchannelcode", "channelparentcategory",
    "geography", "ldcflag", "ldcflagname", "expectedstartdate", "completiondate", "longdescription", "sdgfocus",
    "keywords", "gender", "environment", "trade", "pdgg", "dig", "rmnch", "drr", "nutrition", "disability", "ftc",
    "pba", "investmentproject", "assocfinance", "associatedfinance", "biodiversity", "climatemitigation",
    "climateadaptation", "desertification", "commitmentdate", "typerepayment", "numberrepayment", "interest1",
    "interest2", "repaydate1", "repaydate2", "grantelement", "usdinterest", "usdoutstanding", "usdarrearsprincipal",
    "usdarrearsinterest", "usdfuturedsprincipal", "usdfuturedsinterest", "usdfuturedebtserviceprincipal",
    "usdfuturedebtserviceinterest", "budgetident", "budgetidentifier", "capitalexpend", "capitalexpenditure",
    "psiflag", "psiaddtype", "psiaddassess", "psiadddevobj", "rowno", "source",
))  # fmt: skip
