"""Names of the columns of OECD CRS activity files: in the older text layout, and in the releases since 2024."""

from __future__ import annotations


def listed(names: str) -> tuple[str, ...]:
    return tuple(names.split())


LATER = ("DIG", "DRR", "Nutrition", "Disability")  # of the releases after those that end with CapitalExpend
TEXT = (
    *listed("""
    Year DonorCode DonorName AgencyCode AgencyName CrsID ProjectNumber InitialReport RecipientCode RecipientName
    RegionCode RegionName IncomegroupCode IncomegroupName FlowCode FlowName bi_multi Category Finance_t Aid_t
    usd_commitment usd_disbursement usd_received usd_commitment_defl usd_disbursement_defl usd_received_defl
    usd_adjustment usd_adjustment_defl usd_amountuntied usd_amountpartialtied usd_amounttied usd_amountuntied_defl
    usd_amountpartialtied_defl usd_amounttied_defl usd_IRTC usd_expert_commitment usd_expert_extended
    usd_export_credit CurrencyCode commitment_national disbursement_national GrantEquiv usd_GrantEquiv
    ShortDescription ProjectTitle PurposeCode PurposeName SectorCode SectorName ChannelCode ChannelName
    ChannelReportedName ParentChannelCode Geography ExpectedStartDate CompletionDate LongDescription Gender
    Environment Trade Pdgg FTC PBA InvestmentProject AssocFinance biodiversity climateMitigation climateAdaptation
    desertification commitmentdate typerepayment numberrepayment interest1 interest2 repaydate1 repaydate2
    grantelement usd_interest usd_outstanding usd_arrears_principal usd_arrears_interest usd_future_DS_principal
    usd_future_DS_interest RMNCH BudgetIdent CapitalExpend
"""),
    *LATER,
)
SINCE_2024 = listed(
    """year donor_code donor_name agency_code agency_name crs_id project_number initial_report recipient_code
    recipient_name region_code region_name incomegroup_code incomegroup_name flow_code flow_name bi_multi category
    finance_t aid_t usd_commitment usd_disbursement usd_received usd_commitment_defl usd_disbursement_defl
    usd_received_defl usd_adjustment usd_amount_untied usd_amount_partial_tied usd_amount_tied usd_irtc_code
    usd_expert_commitment usd_export_credit commitment_national disbursement_national grant_equiv usd_grant_equiv
    short_description project_title purpose_code purpose_name sector_code sector_name channel_code channel_name
    channel_reported_name parent_channel_code geography expected_start_date completion_date long_description gender
    environment dig trade rmnch drr nutrition disability ftc pba investment_project assoc_finance biodiversity
    climate_mitigation climate_adaptation desertification commitment_date type_repayment number_repayment interest1
    interest2 repaydate1 repaydate2 usd_interest usd_outstanding usd_arrears_principal usd_arrears_interest
    capital_expend budget_ident"""
)
WHOLE = frozenset(
    listed("""
    year donor_code agency_code initial_report recipient_code region_code flow_code bi_multi category finance_t
    gender environment dig trade rmnch drr nutrition disability ftc pba investment_project biodiversity
    climate_mitigation climate_adaptation desertification type_repayment number_repayment interest1 interest2
    capital_expend
""")
)
AMOUNTS = frozenset(
    name for name in SINCE_2024 if name.startswith("usd_") or name.endswith("_national") or name == "grant_equiv"
)


def same(name: str) -> str:
    """What two spellings of one column have in common."""
    return name.lower().replace("_", "")


SPELLED = {same(name): name for name in TEXT} | {"usdirtccode": "usd_IRTC"}  # the text spelling of a column
